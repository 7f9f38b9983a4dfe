-- title: A
-- about: B
-- param x: choice() -- it
SELECT $x
