"""What programs that act for people use: the tools of the Model Context Protocol."""
