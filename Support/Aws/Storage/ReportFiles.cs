using System.Collections.Immutable;

namespace Support.Aws.Storage;

/// <summary>Finds what is uploaded of a reports folder.</summary>
internal static class ReportFiles
{
    // What a writer has not finished, and renames when it has.
    private const string Unfinished = ".tmp";

    /// <summary>Paths of all files below the folder, relative to it, with slashes; those of the folder itself first, because they hold the verdict.</summary>
    /// <remarks>Links are left out, to files and to folders: what they point to is no report, and may be anything.</remarks>
    /// <exception cref="IOException">The folder cannot be read; <see cref="UnauthorizedAccessException"/> likewise.</exception>
    public static ImmutableArray<string> Of(string directory)
    {
        if (!Directory.Exists(directory))
            return [];
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.ReparsePoint };
        return
        [
            .. Directory.EnumerateFiles(directory, "*", options)
                .Select(path => Path.GetRelativePath(directory, path).Replace(Path.DirectorySeparatorChar, '/'))
                .Where(path => !path.EndsWith(Unfinished, StringComparison.Ordinal))
                .OrderBy(path => path.Count(sign => sign == '/')).ThenBy(path => path, StringComparer.Ordinal),
        ];
    }
}
