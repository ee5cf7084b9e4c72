"""Optional: answers written by a language model from the passages found, each sentence held to what it cites.

Nothing here is used unless the user names an endpoint and asks for it.
"""
