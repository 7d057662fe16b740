using System.Collections.Immutable;

namespace Support.Targets;

/// <summary>Finds a companion's assembly: beside a published suite, or in the build output of the repository.</summary>
public static class CompanionLocator
{
    private const string RootMarker = "Tests.sln";

    /// <summary>The companion's assembly for a suite that runs from <paramref name="baseDirectory"/>.</summary>
    /// <param name="companion">Which one.</param>
    /// <param name="baseDirectory">The folder of the calling assembly, as <see cref="AppContext.BaseDirectory"/> gives it.</param>
    /// <exception cref="FileNotFoundException">It is in none of the places, which the message names.</exception>
    public static string Find(Companion companion, string baseDirectory)
    {
        ArgumentNullException.ThrowIfNull(companion);
        var (name, purpose, otherwise) = companion;
        var candidates = Candidates(name, baseDirectory);
        return candidates.FirstOrDefault(File.Exists) ?? throw new FileNotFoundException(
            $"{name}.dll, {purpose}, is at none of: {string.Join(", ", candidates)}. "
            + $"Build it (dotnet build {name}, in the same configuration as the tests), or put its folder beside the test assembly{otherwise}.");
    }

    /// <summary>Where it may be, the likeliest first: a folder beside the assembly, then the build output of the same configuration.</summary>
    internal static ImmutableArray<string> Candidates(string name, string baseDirectory)
    {
        var output = new DirectoryInfo(baseDirectory);
        var candidates = ImmutableArray.CreateBuilder<string>();
        candidates.Add(Path.Combine(output.FullName, name, $"{name}.dll"));
        if (Root(output) is not { } root)
            return candidates.ToImmutable();

        foreach (var (configuration, framework) in Outputs(Path.GetRelativePath(root.FullName, output.FullName)))
            candidates.Add(Path.Combine(root.FullName, name, "bin", configuration, framework, $"{name}.dll"));
        return candidates.ToImmutable();
    }

    private static DirectoryInfo? Root(DirectoryInfo? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, RootMarker)))
            folder = folder.Parent;
        return folder;
    }

    /// <summary>The calling assembly's own configuration and framework, from <c>PROJECT/bin/CONFIGURATION/FRAMEWORK</c>.</summary>
    private static IEnumerable<(string Configuration, string Framework)> Outputs(string relative)
    {
        var parts = relative.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        var bin = Array.IndexOf(parts, "bin");
        if (bin >= 0 && parts.Length > bin + 2)
            yield return (parts[bin + 1], parts[bin + 2]);
    }
}
