using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Support.Settings;

/// <summary>The only reader of the process environment: everything else is given what it returns, and can be tested with any.</summary>
public static class ProcessEnvironment
{
    /// <summary>Every variable of this process at this moment.</summary>
    /// <returns>Names compare as the system compares them: ignoring case on Windows, exactly elsewhere.</returns>
    [SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "The one place that the rule points everyone to.")]
    public static IReadOnlyDictionary<string, string> Read()
    {
        var comparer = OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        return Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToImmutableSortedDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", comparer);
    }
}
