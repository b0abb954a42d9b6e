"""All SQL of the project: the connection, the migrations, and one module an aggregate."""
