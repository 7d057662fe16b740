using System.Text;

namespace Support.Targets;

/// <summary>
/// Reads a process's standard error to its end and keeps the last 20 lines, and of each the first 4,096 characters: a
/// server may never end one.
/// </summary>
internal sealed class StderrTail
{
    private const int LinesKept = 20;
    private const int LongestLine = 4096;

    private readonly Lock gate = new();

    // Written by the reading task only, under the lock.
    private readonly Queue<string> lines = new();

    public StderrTail(TextReader reader) => Ended = ReadAsync(reader);

    public Task Ended { get; }

    public string Text
    {
        get
        {
            lock (gate)
                return string.Join('\n', lines);
        }
    }

    /// <summary>A sentence for an error message.</summary>
    public string Quote() => Text is { Length: > 0 } text ? $"It said: {text}" : "It said nothing on standard error.";

    private async Task ReadAsync(TextReader reader)
    {
        var read = new char[LongestLine];
        var line = new StringBuilder();
        while (await reader.ReadAsync(read, CancellationToken.None).ConfigureAwait(false) is var count and > 0)
        {
            foreach (var sign in read.AsSpan(0, count))
            {
                if (sign == '\n')
                    Keep(line);
                else if (line.Length < LongestLine)
                    line.Append(sign);
            }
        }

        if (line.Length > 0)
            Keep(line);
    }

    private void Keep(StringBuilder line)
    {
        lock (gate)
        {
            if (lines.Count == LinesKept)
                lines.Dequeue();
            lines.Enqueue(line.ToString().TrimEnd('\r'));
        }

        line.Clear();
    }
}
