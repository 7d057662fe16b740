using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Support.Settings;

/// <summary>The only reader of the process environment: everything else can be tested with any.</summary>
public static class ProcessEnvironment
{
    // As the system compares names.
    internal static StringComparer Comparer =>
        OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>Names compare as the system compares them: ignoring case on Windows, exactly elsewhere.</summary>
    [SuppressMessage(
        "ApiDesign", "RS0030:Do not use banned APIs",
        Justification = "The one place that the rule points everyone to.")]
    public static IReadOnlyDictionary<string, string> Read() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToImmutableSortedDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", Comparer);

    /// <summary>Where relative paths start: the folder of Tests.sln, else the current one, as in an image.</summary>
    public static string BaseDirectory() =>
        Root(new(AppContext.BaseDirectory))?.FullName ?? Directory.GetCurrentDirectory();

    /// <summary>The folder of Tests.sln, which is this folder or one above it; null where there is none.</summary>
    internal static DirectoryInfo? Root(DirectoryInfo? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tests.sln")))
            folder = folder.Parent;
        return folder;
    }
}
