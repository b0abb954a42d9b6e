"""The kinds of identity in this program, each a type of its own so that they cannot be mixed up."""

from typing import NewType

PostId = NewType("PostId", int)
"""A post on the forum: topic or reply, which share one id space and can turn into one another."""
ForumId = NewType("ForumId", int)
"""A forum (chapter) on the bbPress side; it lives in the same id space as posts."""
ProgrammeId = NewType("ProgrammeId", int)
ChapterId = NewType("ChapterId", int)
SectionId = NewType("SectionId", int)
BlockId = NewType("BlockId", int)
ContributionId = NewType("ContributionId", int)
AmendmentId = NewType("AmendmentId", int)
Snowflake = NewType("Snowflake", int)
"""Any id that Discord issued: guild, channel, thread, message, role or member."""
