-- What became of every raw record of every file? n_read = n_loaded + n_quarantined + n_duplicates, always.
SELECT parse_filename(path) AS file, n_read, n_loaded, n_quarantined, n_duplicates, n_embedded
FROM raw_files
ORDER BY file;
