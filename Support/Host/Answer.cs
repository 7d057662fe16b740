namespace Support.Host;

/// <summary>What a check says; its id and title are the check's.</summary>
internal sealed record Answer(CheckOutcome Outcome, string Expected, string Actual, string Next = "")
{
    /// <summary>The finding of the check of that id and title.</summary>
    public Finding As(string id, string title) => new(id, title, Outcome, Expected, Words.Line(Actual), Next);

    /// <summary>The answer, or a warning where the check itself throws.</summary>
    /// <param name="answer">Asks.</param>
    /// <param name="cancellationToken">Once it is cancelled, what is thrown goes on.</param>
    public static async Task<Answer> OrFaultAsync(Func<Task<Answer>> answer, CancellationToken cancellationToken)
    {
        try
        {
            return await answer().ConfigureAwait(false);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            return new Answer(
                CheckOutcome.Warning,
                "the environment can be read",
                $"could not be read: {error.GetType().Name}: {error.Message}",
                "Report this with the message above: a check that throws is a fault of the suite.");
        }
    }
}
