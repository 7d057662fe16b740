namespace Support.Verdict;

/// <summary>Student's t distribution as far as an interval needs it.</summary>
internal static class StudentT
{
    // The 97.5 % point of the normal distribution, which t comes to with many degrees of freedom.
    private const double Normal = 1.959964;

    // 1 to 10 degrees of freedom: Abramowitz & Stegun, Handbook of Mathematical Functions, table 26.10, A = 0.95.
    private static readonly double[] Table = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228];

    /// <summary>
    /// The value that t exceeds in either direction once in twenty; above 10 degrees by the expansion 26.7.5 of the
    /// same book, right to three decimals.
    /// </summary>
    /// <param name="degrees">Degrees of freedom, from 1: points less the two numbers of a line.</param>
    internal static double Of95Percent(int degrees)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        if (degrees <= Table.Length)
            return Table[degrees - 1];
        const double z = Normal, z3 = z * z * z, z5 = z3 * z * z, z7 = z5 * z * z;
        double v = degrees;
        return z + ((z3 + z) / (4 * v)) + (((5 * z5) + (16 * z3) + (3 * z)) / (96 * v * v))
            + (((3 * z7) + (19 * z5) + (17 * z3) - (15 * z)) / (384 * v * v * v));
    }
}
