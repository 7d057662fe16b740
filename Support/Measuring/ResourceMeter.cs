namespace Support.Measuring;
