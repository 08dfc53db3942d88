/** The SHA-256 of all images of a run, in SQL. An index has this to the letter: what is different does not find it. */
export const imageHashes =
  "(jsonb_path_query_array(record, '$.images[*].sha256', '{}', true) || jsonb_path_query_array(record, '$.images[*].imageDataSha256', '{}', true))";
