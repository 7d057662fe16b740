namespace Support.Targets;

/// <summary>Reads a process's standard error to its end and keeps the last 20 lines.</summary>
internal sealed class StderrTail
{
    private const int LinesKept = 20;

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
        while (await reader.ReadLineAsync(CancellationToken.None).ConfigureAwait(false) is { } line)
        {
            lock (gate)
            {
                if (lines.Count == LinesKept)
                    lines.Dequeue();
                lines.Enqueue(line);
            }
        }
    }
}
