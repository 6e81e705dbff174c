"""What all explorers share.

`explorer` is the page they travel in, `svg` draws static pictures, `live` puts them on
ipywidgets, `scenes` holds their data and `placed_words` the code words that a reader places.
`mount.js`, the modules beside it and `explorer.css` are the shared part of the front end.
"""
