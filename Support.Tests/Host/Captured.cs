using System.Runtime.CompilerServices;

namespace Support.Tests.Host;

/// <summary>
/// What real machines wrote: kernel 6.18 on x64 with control groups v1, and the processor list of an arm64 machine.
/// </summary>
internal static class Captured
{
    internal static string Text(string name) => File.ReadAllText(Path.Combine(Folder(), name));

    private static string Folder(
        [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Captured");
}
