-- Why were records rejected, and what is to be done about each reason?
SELECT reason_code, stage, count(*) AS rows, any_value(message ORDER BY quarantine_id) AS what_to_do
FROM quarantine
GROUP BY ALL
ORDER BY rows DESC, reason_code, stage;
