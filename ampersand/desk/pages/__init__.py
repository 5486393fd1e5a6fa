"""What each page of the desk shows, and nothing else: frozen dataclasses between queries and templates.

A query fills one of these and a template shows it; neither asks the other for more. Words arrive translated and whole.
An empty `…_url` means that the visitor may not do it here, and its button is not drawn. `life` is 0 to 10: how alive a
relationship is in its own rhythm (it sets the ink of the &, always beside words that say the same).
"""
