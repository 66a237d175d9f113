"""Does a company's data say what metrics take it to say? One small file for each kind of doubt."""
