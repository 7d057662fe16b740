using NUnit.Framework;

// The ladder is one measurement: nothing else runs beside it, and fixtures run in the order of their [Order].
[assembly: NonParallelizable]
