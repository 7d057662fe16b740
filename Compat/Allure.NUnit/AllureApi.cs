namespace Allure.Net.Commons;

/// <summary>
/// What a test says about itself while it runs. Outside of a test these methods do nothing; a step just runs its code.
/// </summary>
public static partial class AllureApi
{
    /// <summary>Renames the running test.</summary>
    public static void SetTestName(string newName) => Change(test => test.name = newName);

    /// <summary>Describes the running test, in Markdown; replaces what was there.</summary>
    public static void SetDescription(string description) => Change(test => test.description = description);

    /// <summary>Describes the running test, in HTML; replaces what was there.</summary>
    public static void SetDescriptionHtml(string descriptionHtml) =>
        Change(test => test.descriptionHtml = descriptionHtml);

    /// <summary>Adds labels.</summary>
    public static void AddLabels(params Label[] labels) => Change(test => test.labels.AddRange(labels));

    /// <summary>Adds a label.</summary>
    public static void AddLabel(string name, string value) => AddLabel(new Label { name = name, value = value });

    /// <summary>Adds a label.</summary>
    public static void AddLabel(Label label) => Change(test => test.labels.Add(label));

    /// <summary>Sets the severity, in place of any that was set.</summary>
    public static void SetSeverity(SeverityLevel severity) => SetLabel(Label.Severity(severity));

    /// <summary>Sets the owner, in place of any that was set.</summary>
    public static void SetOwner(string owner) => SetLabel(Label.Owner(owner));

    /// <summary>Adds tags.</summary>
    public static void AddTags(params string[] tags) => AddLabels([.. tags.Select(Label.Tag)]);

    /// <summary>Adds an outermost suite.</summary>
    public static void AddParentSuite(string parentSuite) => AddLabel(Label.ParentSuite(parentSuite));

    /// <summary>Adds a suite.</summary>
    public static void AddSuite(string suite) => AddLabel(Label.Suite(suite));

    /// <summary>Adds an innermost suite.</summary>
    public static void AddSubSuite(string subSuite) => AddLabel(Label.SubSuite(subSuite));

    /// <summary>Adds an epic.</summary>
    public static void AddEpic(string epic) => AddLabel(Label.Epic(epic));

    /// <summary>Adds a feature.</summary>
    public static void AddFeature(string feature) => AddLabel(Label.Feature(feature));

    /// <summary>Adds a story.</summary>
    public static void AddStory(string story) => AddLabel(Label.Story(story));

    /// <summary>Adds a link.</summary>
    public static void AddLink(string url) => AddLinks(new Link { url = url });

    /// <summary>Adds a link with a text.</summary>
    public static void AddLink(string name, string url) => AddLinks(new Link { name = name, url = url });

    /// <summary>Adds a link with a text and a type.</summary>
    public static void AddLink(
        string name, string type, string url) => AddLinks(new Link { name = name, type = type, url = url });

    /// <summary>Adds links.</summary>
    public static void AddLinks(params Link[] links) => Change(test => test.links.AddRange(links));

    private static void SetLabel(Label label) => Change(test =>
    {
        test.labels.RemoveAll(other => other.name == label.name);
        test.labels.Add(label);
    });

    private static void Change(Action<TestResult> change)
    {
        var lifecycle = AllureLifecycle.Instance;
        if (lifecycle.Context.Test is { } test)
            lifecycle.Update(test, change);
    }
}
