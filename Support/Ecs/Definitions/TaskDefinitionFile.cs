using System.Collections.Immutable;
using Support.Host;
using Support.Settings;

namespace Support.Ecs.Definitions;

internal static class TaskDefinitionFile
{
    // AWS itself takes at most 64 KiB (ECS service quotas, task definition size); what describe prints, indented, is
    // longer.
    private const int MostBytes = 1_048_576;

    /// <summary>The file's definition, or why there is none.</summary>
    /// <param name="path">The file; UTF-8, or UTF-16 with a byte order mark. At most 1 MiB.</param>
    /// <param name="cancellationToken">The only thing that this throws for.</param>
    public static Task<TaskDefinitionReading> ReadAsync(string path, CancellationToken cancellationToken) =>
        ReadAsync(path, path, "Aws.TaskDefinition", cancellationToken);

    /// <summary>
    /// For any setting that names a file; the subject is what a problem is said of: the path, or a word for it.
    /// </summary>
    internal static async Task<TaskDefinitionReading> ReadAsync(
        string path, string subject, string setting, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MostBytes } large)
                return None(
                    $"{subject} has {Words.Bytes(large.Length)}; allowed: at most {Words.Bytes(MostBytes)}", setting);
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
        CheckOutcome.Critical, text, $"Name a readable task definition in {setting} "
            + $"({SettingDefinition.EnvironmentPrefix}{setting.Replace('.', '_').ToUpperInvariant()}), or leave the "
            + "setting out.");
}

/// <summary>What came of reading a task definition: the definition, or why there is none.</summary>
public sealed record TaskDefinitionReading
{
    /// <summary>The definition; null where it could not be read, and then a problem says why.</summary>
    public TaskDefinition? Definition { get; init; }

    /// <summary>The file that it was read from; null where it is from no file.</summary>
    public string? Source { get; init; }

    /// <summary>What is wrong with the text, or with reading it; empty where nothing is.</summary>
    public ImmutableArray<DefinitionProblem> Problems { get; init; } = [];

    /// <summary>No definition, and why; a missing permission is a warning for the run.</summary>
    public static TaskDefinitionReading None(CheckOutcome outcome, string text, string next) =>
        new() { Problems = [new DefinitionProblem(outcome, text, next)] };
}

/// <summary>One thing that is wrong with the text of a task definition.</summary>
/// <param name="Outcome">Critical where there is no definition because of it; else a warning.</param>
/// <param name="Text">What and where, in one sentence, without secrets.</param>
/// <param name="Next">What to do about it.</param>
public sealed record DefinitionProblem(CheckOutcome Outcome, string Text, string Next);
