using System.Globalization;

namespace Support.Targets.Groups;

/// <summary>A line that the keeper printed.</summary>
internal abstract record KeeperLine
{
    /// <summary>The line as a value; null for any other text.</summary>
    public static KeeperLine? Parse(string line)
    {
        var (word, rest) = line.Split(' ', 2) is [var first, var second] ? (first, second) : (line, "");
        return (word, rest.Split(' ')) switch
        {
            ("failed", _) => new Failed(rest),
            ("running", [var process, var soft, var hard]) when Number(process) is { } id => new Running((int)id, Descriptors(soft), Descriptors(hard)),
            ("ended", [var code]) when Number(code) is { } number => new Ended((int)number),
            ("asked", _) => new Asked(),
            ("kills", [var count]) when Number(count) is { } kills => new Kills(kills),
            ("left", _) => new Left(rest),
            _ => null,
        };
    }

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // Without a limit the shell says "unlimited".
    private static int Descriptors(string text) => Number(text) is { } number and < int.MaxValue ? (int)number : int.MaxValue;

    /// <summary>The group or the server could not be made.</summary>
    public sealed record Failed(string Why) : KeeperLine;

    /// <summary>The server runs now; its limits of open files are what the shell read back.</summary>
    public sealed record Running(int ProcessId, int DescriptorsSoft, int DescriptorsHard) : KeeperLine;

    /// <summary>The server has ended by itself; 128 + n for signal n.</summary>
    public sealed record Ended(int ExitCode) : KeeperLine;

    /// <summary>What still runs is being ended from here on.</summary>
    public sealed record Asked : KeeperLine;

    /// <summary>Processes of the group that the kernel killed for memory, up to now.</summary>
    public sealed record Kills(long Count) : KeeperLine;

    /// <summary>A group that could not be removed.</summary>
    public sealed record Left(string Folder) : KeeperLine;
}
