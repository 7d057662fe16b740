namespace Support.Plan;

/// <summary>
/// Arithmetic of the plan, in whole numbers: floating point would order a task too many at an exact quotient.
/// </summary>
internal static class PlanMath
{
    /// <summary>The quotient, rounded up.</summary>
    /// <param name="value">0 or more.</param>
    /// <param name="by">1 or more.</param>
    internal static long DivideUp(long value, long by) => (value / by) + (value % by == 0 ? 0 : 1);

    /// <summary>ceil(tasks × percent ÷ 100): how many ECS keeps running in a deployment.</summary>
    internal static long Kept(long tasks, int percent) => DivideUp(tasks * percent, 100);

    /// <summary>The value, to three significant digits: 10,679.3 is 10,700.</summary>
    /// <param name="value">Above 0.</param>
    internal static decimal ToThreeDigits(decimal value)
    {
        var unit = 1m;
        while (value >= 1000 * unit)
            unit *= 10;
        while (value < 100 * unit)
            unit /= 10;
        return Math.Round(value / unit) * unit;
    }

    /// <summary>The tasks that are left where one of the zones is lost, and with it ceil(tasks ÷ zones).</summary>
    internal static long Left(long tasks, int zones) => tasks - DivideUp(tasks, zones);
}
