using Support.Environments;

namespace Support.TaskDefinitions;

/// <summary>Reads a task definition from a file.</summary>
public static class TaskDefinitionFile
{
    // AWS itself takes at most 64 KiB (ECS service quotas, task definition size); what describe prints, indented, is longer.
    private const int MostBytes = 1_048_576;

    /// <summary>The file's definition, or why there is none.</summary>
    /// <param name="path">The file; UTF-8, or UTF-16 with a byte order mark. At most 1 MiB.</param>
    /// <param name="cancellationToken">The only thing that this throws for.</param>
    public static async Task<TaskDefinitionReading> ReadAsync(string path, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MostBytes } large)
                return None($"{path} has {Words.Bytes(large.Length)}; allowed: at most {Words.Bytes(MostBytes)}");
            // ReadAllText would drop the byte order mark, which the AWS CLI refuses.
            var bytes = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
            return TaskDefinitionParser.Parse(Decode(bytes)) with { Source = path };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return None($"{path} cannot be read: {error.Message}");
        }
    }

    private static string Decode(byte[] bytes) => bytes switch
    {
        [0xFF, 0xFE, ..] => System.Text.Encoding.Unicode.GetString(bytes),
        [0xFE, 0xFF, ..] => System.Text.Encoding.BigEndianUnicode.GetString(bytes),
        _ => System.Text.Encoding.UTF8.GetString(bytes),
    };

    private static TaskDefinitionReading None(string text) => TaskDefinitionReading.None(
        CheckOutcome.Critical, text, "Name a readable task definition in Aws.TaskDefinition (CAPACITY_AWS_TASKDEFINITION), or leave the setting out.");
}
