namespace Siamese.Web.Description;

/// <summary>In JSON, what has this type is either a text or a document.</summary>
/// <param name="document">The type of the document, which is part of other documents too.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TextOrAttribute(Type document) : Attribute
{
    /// <summary>The type of the document.</summary>
    public Type Document => document;
}
