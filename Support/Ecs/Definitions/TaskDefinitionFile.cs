using Support.Host;
using Support.Settings;

namespace Support.Ecs.Definitions;

/// <summary>Reads a task definition from a file.</summary>
public static class TaskDefinitionFile
{
    // AWS itself takes at most 64 KiB (ECS service quotas, task definition size); what describe prints, indented, is longer.
    private const int MostBytes = 1_048_576;

    /// <summary>The file's definition, or why there is none.</summary>
    /// <param name="path">The file; UTF-8, or UTF-16 with a byte order mark. At most 1 MiB.</param>
    /// <param name="cancellationToken">The only thing that this throws for.</param>
    public static Task<TaskDefinitionReading> ReadAsync(string path, CancellationToken cancellationToken) =>
        ReadAsync(path, path, "Aws.TaskDefinition", cancellationToken);

    /// <summary>As <see cref="ReadAsync(string, CancellationToken)"/>, for any setting that names a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="subject">What a problem is said of: the path, or a word where the path is said before it.</param>
    /// <param name="setting">The setting that names the file.</param>
    /// <param name="cancellationToken">The only thing that this throws for.</param>
    internal static async Task<TaskDefinitionReading> ReadAsync(string path, string subject, string setting, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MostBytes } large)
                return None($"{subject} has {Words.Bytes(large.Length)}; allowed: at most {Words.Bytes(MostBytes)}", setting);
            // ReadAllText would drop the byte order mark, which the AWS CLI refuses.
            var bytes = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
            return TaskDefinitionParser.Parse(Decode(bytes)) with { Source = path };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return None($"{subject} cannot be read: {error.Message}", setting);
        }
    }

    private static string Decode(byte[] bytes) => bytes switch
    {
        [0xFF, 0xFE, ..] => System.Text.Encoding.Unicode.GetString(bytes),
        [0xFE, 0xFF, ..] => System.Text.Encoding.BigEndianUnicode.GetString(bytes),
        _ => System.Text.Encoding.UTF8.GetString(bytes),
    };

    private static TaskDefinitionReading None(string text, string setting) => TaskDefinitionReading.None(
        CheckOutcome.Critical, text, $"Name a readable task definition in {setting} ({SettingDefinition.EnvironmentPrefix}{setting.Replace('.', '_').ToUpperInvariant()}), or leave the setting out.");
}
