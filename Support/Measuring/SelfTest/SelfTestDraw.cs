namespace Support.Measuring.SelfTest;

/// <summary>
/// What one self-test draws at random: the pool is told none of it but how many connections are wanted.
/// </summary>
/// <param name="Seed">What everything else was drawn from: the same seed draws the same.</param>
/// <param name="Cap">The hidden cap; 100 to 200.</param>
/// <param name="OverCap">How many more than the cap are wanted; 50 to 100.</param>
/// <param name="Sessions">How many are wanted of the server that drops; 100 to 150.</param>
/// <param name="DropShare">The chance of each of those to be dropped; 0.2 to 0.5.</param>
internal sealed record SelfTestDraw(int Seed, int Cap, int OverCap, int Sessions, double DropShare)
{
    /// <summary>The draw of a seed.</summary>
    public static SelfTestDraw From(int seed)
    {
        var random = new Random(seed);
        // At 20 % of 100, none is dropped once in five thousand million runs.
        return new(
            seed, random.Next(100, 201), random.Next(50, 101), random.Next(100, 151), random.Next(20, 51) / 100.0);
    }
}
