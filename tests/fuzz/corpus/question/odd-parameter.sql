-- title: A
-- about: B
-- param x: integer(a, b) = none -- it
SELECT $x
