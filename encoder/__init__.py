"""The recipe of the embedded encoder. It makes `index/models/`; nothing that runs imports it."""
