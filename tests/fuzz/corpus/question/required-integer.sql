-- title: A
-- about: B
-- param x: integer -- it
SELECT $x
