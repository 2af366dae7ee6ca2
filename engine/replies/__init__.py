"""What was answered to a request, so that the same request sent again is answered the same and done once."""
