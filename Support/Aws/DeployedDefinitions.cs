using Support.Ecs.Definitions;
using Support.Host;

namespace Support.Aws;

/// <summary>Reads the task definitions of what is deployed, in the form in which those of files are checked.</summary>
/// <param name="reader">Reads them.</param>
public sealed class DeployedDefinitions(DeployedReader reader)
{
    private const string NotNeeded = "";

    /// <summary>The task definition of that name, or why there is none.</summary>
    /// <param name="taskDefinition">Its ARN or <c>family:revision</c>; null where it is not known.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<TaskDefinitionReading> OfAsync(string? taskDefinition, CancellationToken cancellationToken) => taskDefinition is null
        ? TaskDefinitionReading.None(CheckOutcome.NotApplicable, "which task definition it is could not be read", NotNeeded)
        : await reader.TaskDefinitionAsync(taskDefinition, cancellationToken).ConfigureAwait(false) switch
        {
            Reading<string>.Facts facts => TaskDefinitionParser.Parse(facts.Value),
            Reading<string>.Failed failed => TaskDefinitionReading.None(CheckOutcome.Warning, failed.Fault.ToString(), failed.Fault.Next),
            _ => throw new NotSupportedException(nameof(Reading<string>)),
        };

    /// <summary>The task definition of the service under test, or why there is none.</summary>
    /// <param name="context">Knows the service, and has read it already where another check asked.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<TaskDefinitionReading> OfServiceAsync(DeployedContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        // Why a service could not be read is the answer of the check that asks for it.
        var service = await context.ServiceAsync(cancellationToken).ConfigureAwait(false) as Reading<DeployedService>.Facts;
        return await OfAsync(service?.Value.TaskDefinition, cancellationToken).ConfigureAwait(false);
    }
}
