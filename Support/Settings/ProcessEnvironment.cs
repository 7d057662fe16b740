using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Support.Settings;

/// <summary>
/// The only reader of the process environment: everything else gets what it returns, and can be tested with any.
/// </summary>
public static class ProcessEnvironment
{
    // As the system compares names.
    internal static StringComparer Comparer =>
        OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>Every variable of this process at this moment.</summary>
    /// <returns>Names compare as the system compares them: ignoring case on Windows, exactly elsewhere.</returns>
    [SuppressMessage(
        "ApiDesign", "RS0030:Do not use banned APIs",
        Justification = "The one place that the rule points everyone to.")]
    public static IReadOnlyDictionary<string, string> Read() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToImmutableSortedDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", Comparer);
}
