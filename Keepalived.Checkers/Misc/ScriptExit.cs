namespace Keepalived.Checkers.Misc;

/// <summary>How a script ended.</summary>
public readonly record struct ScriptExit
{
    /// <summary>The exit status, 0 to 255; meaningless if one of the others says something.</summary>
    public int Status { get; init; }

    /// <summary>The signal that ended it; 0 if none did.</summary>
    public int Signal { get; init; }

    /// <summary>It took too long and was ended.</summary>
    public bool TimedOut { get; init; }

    /// <summary>Why it could not be started; <see langword="null"/> if it was.</summary>
    public string? StartError { get; init; }
}
