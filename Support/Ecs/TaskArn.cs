using System.Text.RegularExpressions;

namespace Support.Ecs;

/// <summary>The name of a task in all of AWS, taken apart.</summary>
/// <param name="Text">As a whole.</param>
/// <param name="Partition">As in <c>aws</c> or <c>aws-cn</c>.</param>
/// <param name="Region">As in <c>us-east-1</c>.</param>
/// <param name="Account">Twelve digits.</param>
/// <param name="Cluster">
/// The cluster's name; null in the short form of accounts that never opted in to the long one.
/// </param>
/// <param name="Id">The task's id, 32 hexadecimal digits or a UUID.</param>
public sealed partial record TaskArn(
    string Text, string Partition, string Region, string Account, string? Cluster, string Id)
{
    /// <summary>Takes it apart; null where the text is not the ARN of a task.</summary>
    /// <param name="text">
    /// As in <c>arn:aws:ecs:us-east-1:123456789012:task/CLUSTER/ID</c> (ECS developer guide, "Amazon Resource Names
    /// (ARNs) and IDs").
    /// </param>
    public static TaskArn? Parse(string? text)
    {
        var match = Arns().Match(text ?? "");
        return match.Success
            ? new(text!, match.Groups["partition"].Value, match.Groups["region"].Value, match.Groups["account"].Value,
                ClusterOf(match), match.Groups["id"].Value)
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static string? ClusterOf(Match match) =>
        match.Groups["cluster"] is { Success: true } cluster ? cluster.Value : null;

    [GeneratedRegex(
        @"\Aarn:(?<partition>aws[a-z-]*):ecs:(?<region>[a-z0-9-]+):(?<account>\d{12}):"
        + @"task/(?:(?<cluster>[A-Za-z0-9_-]{1,255})/)?(?<id>[A-Za-z0-9-]{1,64})\z")]
    private static partial Regex Arns();
}
