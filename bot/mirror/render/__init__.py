"""The programme as messages: a module for each thing that stands in a guild. Pure: values in, payloads out."""
