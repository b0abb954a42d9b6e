-- From here on a mirror is seen by admins only until somebody opens it. Those that stood before were open, and stay so.
INSERT INTO facts (name, value)
SELECT 'mirror.opened:' || id, strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now')
FROM programmes
WHERE EXISTS (SELECT 1 FROM resources WHERE programme_id = programmes.id AND discord_id IS NOT NULL)
    OR EXISTS (SELECT 1 FROM facts WHERE name = 'mirror.confirmed:' || programmes.id)
ON CONFLICT (name) DO NOTHING;
