using Support.Ecs.Definitions;
using Support.Host;

namespace Support.Aws.Deployed;

/// <summary>Reads the task definitions of what is deployed, in the form in which those of files are checked.</summary>
/// <param name="reader">Reads them.</param>
internal sealed class DeployedDefinitions(DeployedReader reader)
{
    /// <summary>The task definition of that name, or why there is none.</summary>
    /// <param name="taskDefinition">Its ARN or <c>family:revision</c>; null where it is not known.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<TaskDefinitionReading> OfAsync(string? taskDefinition, CancellationToken cancellationToken)
    {
        if (taskDefinition is null)
            return TaskDefinitionReading.None(
                CheckOutcome.NotApplicable, "which task definition it is could not be read", next: "");
        var reading = await reader.TaskDefinitionAsync(taskDefinition, cancellationToken).ConfigureAwait(false);
        return reading is { Fault: { } fault }
            ? TaskDefinitionReading.None(CheckOutcome.Warning, fault.ToString(), fault.Next)
            : TaskDefinitionParser.Parse(reading.Value!);
    }

    /// <summary>The task definition of the service under test, or why there is none.</summary>
    /// <param name="context">Knows the service, and has read it already where another check asked.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<TaskDefinitionReading> OfServiceAsync(
        DeployedContext context, CancellationToken cancellationToken)
    {
        // Why a service could not be read is the answer of the check that asks for it.
        var service = await context.ServiceAsync(cancellationToken).ConfigureAwait(false);
        return await OfAsync(service?.Value?.TaskDefinition, cancellationToken).ConfigureAwait(false);
    }
}
