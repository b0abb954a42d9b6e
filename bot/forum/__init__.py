"""The bbPress side: pages and text copies of a forum → readings of a programme. Only fetch asks a site for anything."""
