"""Reading what people write in a cell or a field: amounts, dates, quantities, words, codes. All of it pure."""
