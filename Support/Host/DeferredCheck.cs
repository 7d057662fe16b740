namespace Support.Host;

/// <summary>One question about something beside the machine, as a task definition: its id and title are known before anything is read.</summary>
public sealed class DeferredCheck
{
    private readonly Func<CancellationToken, Task<Answer>> answer;

    internal DeferredCheck(string id, string title, Func<CancellationToken, Task<Answer>> answer)
    {
        Id = id;
        Title = title;
        this.answer = answer;
    }

    /// <summary>Stable and unique, as in <c>TaskDefinition.Nofile</c>.</summary>
    public string Id { get; }

    /// <summary>What is checked, at most 70 characters.</summary>
    public string Title { get; }

    /// <summary>Answers the question. A fault of the check is a warning, for it says nothing about what it asks.</summary>
    /// <param name="cancellationToken">The only thing that this throws for.</param>
    public async Task<Finding> RunAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var found = await Answer.OrFaultAsync(() => answer(cancellationToken), cancellationToken).ConfigureAwait(false);
        return found.As(Id, Title);
    }
}
