-- about: B
SELECT 1
