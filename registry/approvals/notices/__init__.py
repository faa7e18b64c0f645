"""Notices: what is posted where and how long, what people object to, and who answers them."""
