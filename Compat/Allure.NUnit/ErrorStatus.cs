namespace Allure.Net.Commons;

/// <summary>What an exception says about the step or fixture that it left.</summary>
internal static class ErrorStatus
{
    // NUnit's own: by name, as in the configuration file.
    private static readonly string[] Assertions =
    [
        "NUnit.Framework.Internal.NUnitException",
        "NUnit.Framework.AssertionException",
        "NUnit.Framework.MultipleAssertException",
    ];

    /// <summary>
    /// Passed without an exception, failed for an assertion (its base types and interfaces count), else broken.
    /// </summary>
    public static Status Of(Exception? error, IReadOnlyCollection<string>? failExceptions)
    {
        if (error is null)
            return Status.passed;

        var names = failExceptions ?? Assertions;
        return Lineage(error.GetType()).Any(type => names.Contains(type.FullName)) ? Status.failed : Status.broken;
    }

    /// <summary>Message and trace; null without an exception.</summary>
    public static StatusDetails? Details(Exception? error) => error is null
        ? null
        : new StatusDetails
        {
            message = string.IsNullOrEmpty(error.Message) ? error.GetType().Name : error.Message,
            trace = error.ToString(),
        };

    private static IEnumerable<Type> Lineage(Type type)
    {
        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
            yield return ancestor;
        foreach (var contract in type.GetInterfaces())
            yield return contract;
    }
}
