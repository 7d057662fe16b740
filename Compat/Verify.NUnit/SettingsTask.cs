using System.Runtime.CompilerServices;
using System.Text;

namespace VerifyTests;

/// <summary>What a comparison gives once it has passed.</summary>
public sealed class VerifyResult
{
    internal VerifyResult()
    {
    }
}

/// <summary>A comparison that starts when it is awaited, so that its settings can still be added to.</summary>
public sealed class SettingsTask
{
    private readonly VerifySettings settings;
    private readonly Func<VerifySettings, Task<VerifyResult>> compare;
    private Task<VerifyResult>? started;

    internal SettingsTask(VerifySettings? settings, Func<VerifySettings, Task<VerifyResult>> compare)
    {
        this.settings = settings ?? new VerifySettings();
        this.compare = compare;
    }

    /// <inheritdoc cref="VerifySettings.UseDirectory" />
    public SettingsTask UseDirectory(string directory) => With(to => to.UseDirectory(directory));

    /// <inheritdoc cref="VerifySettings.UseFileName" />
    public SettingsTask UseFileName(string fileName) => With(to => to.UseFileName(fileName));

    /// <inheritdoc cref="VerifySettings.UseTypeName" />
    public SettingsTask UseTypeName(string name) => With(to => to.UseTypeName(name));

    /// <inheritdoc cref="VerifySettings.UseMethodName" />
    public SettingsTask UseMethodName(string name) => With(to => to.UseMethodName(name));

    /// <inheritdoc cref="VerifySettings.UseParameters" />
    public SettingsTask UseParameters(params object?[] parameters) => With(to => to.UseParameters(parameters));

    /// <inheritdoc cref="VerifySettings.UseTextForParameters" />
    public SettingsTask UseTextForParameters(string parametersText) =>
        With(to => to.UseTextForParameters(parametersText));

    /// <inheritdoc cref="VerifySettings.DisableDiff" />
    public SettingsTask DisableDiff() => With(to => to.DisableDiff());

    /// <inheritdoc cref="VerifySettings.AddScrubber" />
    public SettingsTask AddScrubber(Action<StringBuilder> scrubber) => With(to => to.AddScrubber(scrubber));

    /// <inheritdoc cref="VerifySettings.ScrubLinesWithReplace" />
    public SettingsTask ScrubLinesWithReplace(
        Func<string, string?> replaceLine) => With(to => to.ScrubLinesWithReplace(replaceLine));

    /// <summary>Starts the comparison once and gives its task.</summary>
    public Task<VerifyResult> ToTask() => started ??= compare(settings);

    /// <summary>Makes <c>await</c> work.</summary>
    public TaskAwaiter<VerifyResult> GetAwaiter() => ToTask().GetAwaiter();

    /// <summary>As on a task.</summary>
    public ConfiguredTaskAwaitable<VerifyResult> ConfigureAwait(bool continueOnCapturedContext) =>
        ToTask().ConfigureAwait(continueOnCapturedContext);

    /// <summary>Lets a test return the comparison as its task.</summary>
    public static implicit operator Task<VerifyResult>(SettingsTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return task.ToTask();
    }

    private SettingsTask With(Action<VerifySettings> change)
    {
        change(settings);
        return this;
    }
}
