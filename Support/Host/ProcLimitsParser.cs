using System.Globalization;

namespace Support.Host;

/// <summary>How many files a process may have open.</summary>
/// <param name="Soft">What is in force now.</param>
/// <param name="Hard">What the process may raise it to; .NET raises soft to hard when it starts.</param>
public sealed record OpenFileLimits(Limit Soft, Limit Hard);

/// <summary>Reads <c>/proc/&lt;pid&gt;/limits</c> (proc(5); <c>fs/proc/base.c</c>, <c>proc_pid_limits</c>).</summary>
public static class ProcLimitsParser
{
    private const string Name = "Max open files";

    /// <summary>The limits of the line "Max open files".</summary>
    /// <param name="text">The content of the file; null where it is absent.</param>
    /// <param name="source">Where the text was read.</param>
    public static OpenFileLimits OpenFiles(string? text, string source)
    {
        if (text is null)
            return Both(Limit.Absent(source));

        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (!line.StartsWith(Name, StringComparison.Ordinal))
                continue;

            var fields = line[Name.Length..].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return fields.Length >= 2
                ? new OpenFileLimits(Parse(fields[0], source), Parse(fields[1], source))
                : Both(Limit.Garbage(line.ToString(), "a soft and a hard limit", source));
        }

        return Both(new Limit.Unknown($"it has no line '{Name}'", source));
    }

    private static Limit Parse(string field, string source)
    {
        if (field == "unlimited")
            return new Limit.None(source);

        return long.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? new Limit.Number(value, source)
            : Limit.Garbage(field, "a number or 'unlimited'", source);
    }

    private static OpenFileLimits Both(Limit limit) => new(limit, limit);
}
