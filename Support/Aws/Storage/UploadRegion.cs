using Support.Ecs;
using Support.Reports;

namespace Support.Aws.Storage;

/// <summary>The region for a task that is told none: outside of Fargate, ECS sets no <c>AWS_REGION</c>, but a task's ARN names its region.</summary>
internal static class UploadRegion
{
    /// <summary>
    /// Null where a variable or a profile names the region, so that nothing has to be found, and where none is known. Else that of the task
    /// in <c>capacity.json</c>, else that of the task that this process runs in: its metadata takes at most 3 s.
    /// </summary>
    public static async Task<string?> FallbackAsync(
        ReportFolder folder, IReadOnlyDictionary<string, string> environment, TimeProvider time, CancellationToken cancellationToken)
    {
        using (var told = new AwsClients())
        {
            if (told.Region is not null)
                return null;
        }

        if (UploadRecord.Text(folder.Read(UploadRecord.FileName), "environment", "ecs", "task", "region") is { } region)
            return region;
        var metadata = await new TaskMetadataReader(environment, time: time).ReadAsync(cancellationToken).ConfigureAwait(false);
        return metadata.Task?.Arn.Region;
    }
}
