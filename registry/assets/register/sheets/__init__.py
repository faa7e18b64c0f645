"""Reading a spreadsheet of assets or projects: file → cells → heading → typed rows and problems. All of it pure."""
