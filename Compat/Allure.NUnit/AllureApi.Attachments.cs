using Allure.Net.Commons.Functions;

namespace Allure.Net.Commons;

public static partial class AllureApi
{
    /// <summary>Attaches a file to the running step, fixture or test.</summary>
    /// <param name="name">The name in the report.</param>
    /// <param name="type">The media type.</param>
    /// <param name="path">The file; it is copied.</param>
    public static void AddAttachment(string name, string type, string path)
    {
        if (AllureLifecycle.Instance.Context.Item is { } item)
            Attach(item, name ?? Path.GetFileName(path), type, File.ReadAllBytes(path), Path.GetExtension(path));
    }

    /// <summary>Attaches bytes to the running step, fixture or test.</summary>
    /// <param name="name">The name in the report.</param>
    /// <param name="type">The media type.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="fileExtension">The extension of the file, with its dot.</param>
    public static void AddAttachment(string name, string type, byte[] content, string fileExtension = "")
    {
        if (AllureLifecycle.Instance.Context.Item is { } item)
            Attach(item, name, type, content, fileExtension);
    }

    /// <summary>
    /// Attaches a file to the running step, fixture or test; the media type comes from its extension.
    /// </summary>
    /// <param name="path">The file; it is copied.</param>
    /// <param name="name">The name in the report; the file's where it is null.</param>
    public static void AddAttachment(string path, string? name = null) =>
        AddAttachment(name ?? Path.GetFileName(path), MediaTypes.Of(path), path);

    private static void Attach(ExecutableItem item, string name, string type, byte[] content, string extension)
    {
        var source = $"{IdFunctions.CreateUUID()}{AllureConstants.ATTACHMENT_FILE_SUFFIX}{extension}";
        AllureLifecycle.Instance.WriteAttachment(source, content);
        var attachment = new Attachment { name = name, source = source, type = type };
        AllureLifecycle.Instance.Update(item, owner => owner.attachments.Add(attachment));
    }
}
