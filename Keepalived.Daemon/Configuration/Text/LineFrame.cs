namespace Keepalived.Daemon.Configuration.Text;

/// <summary>Something that lines come from. Frames are a stack: the innermost is read first.</summary>
internal abstract class LineFrame
{
    /// <summary>Puts the next line into the buffer; false at the end.</summary>
    public abstract bool TryNext(LineBuffer line, ConfigurationReader reader);
}
