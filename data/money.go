package data

// Money is an amount in 分, the hundredth of a yuan.
type Money int64

// MaxMoney is the largest amount that a form takes: 99,999,999.99 元.
const MaxMoney Money = 99_999_999_99

// Hours is a number of 学时 in hundredths: 30.00 学时 is 3000.
type Hours int64
