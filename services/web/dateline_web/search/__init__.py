"""Search: parameters, query language, query, results, facets and cursors of every listing of stories."""
