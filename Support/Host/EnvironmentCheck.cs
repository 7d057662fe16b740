namespace Support.Host;

/// <summary>One question about the environment. Its id and title are known before anything is read.</summary>
public sealed class EnvironmentCheck
{
    private readonly bool linuxOnly;
    private readonly Func<EnvironmentFacts, CheckContext, CancellationToken, Task<Answer>> answer;

    internal EnvironmentCheck(
        string name,
        string title,
        Func<EnvironmentFacts, CheckContext, CancellationToken, Task<Answer>> answer,
        bool linuxOnly = false)
    {
        Id = $"Environment.{name}";
        Title = title;
        this.answer = answer;
        this.linuxOnly = linuxOnly;
    }

    /// <summary>Stable and unique, as in <c>Environment.FileDescriptors</c>.</summary>
    public string Id { get; }

    /// <summary>What is checked, at most 70 characters.</summary>
    public string Title { get; }

    /// <summary>Answers the question. A fault of the check is a warning, for it says nothing about the environment.</summary>
    /// <param name="context">What to check against.</param>
    /// <param name="cancellationToken">The only thing that this throws for.</param>
    public async Task<Finding> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        cancellationToken.ThrowIfCancellationRequested();
        var found = await Answer.OrFaultAsync(() => AnswerAsync(context, cancellationToken), cancellationToken).ConfigureAwait(false);
        return found.As(Id, Title);
    }

    private async Task<Answer> AnswerAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var facts = await context.FactsAsync(cancellationToken).ConfigureAwait(false);
        return linuxOnly && !facts.Runtime.IsLinux
            ? new Answer(CheckOutcome.NotApplicable, "Linux", $"{facts.Runtime.System} has neither /proc nor control groups to read")
            : await answer(facts, context, cancellationToken).ConfigureAwait(false);
    }
}
