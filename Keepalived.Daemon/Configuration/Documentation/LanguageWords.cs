namespace Keepalived.Daemon.Configuration.Documentation;

/// <summary>The words of the language itself: includes, generators, conditions, definitions and the names that are defined from the start.</summary>
internal static class LanguageWords
{
    public static IReadOnlyList<LanguageWord> All { get; } =
    [
        new("include", "include PATTERN", "Read the files that match, in order; what cannot be read is said and left out."),
        new("includer", "includer PATTERN", "The same; what is there must be a readable file.", "2.2.0"),
        new("includem", "includem PATTERN", "The same; and a file that is named must be there.", "2.2.0"),
        new("includew", "includew PATTERN", "The same; and a pattern must match something.", "2.2.0"),
        new("includeb", "includeb PATTERN", "A file must be there for each of {A,B}.", "2.2.0"),
        new("includea", "includea PATTERN", "All of these.", "2.2.0"),
        new("@", "@NAME LINE", "The line counts only where the configuration id (-i, or the host's name up to the first dot) is NAME; @^NAME: where it is not."),
        new("$", "$NAME=VALUE", "A definition: $NAME and ${NAME} stand for VALUE from here on; a \\ at the end continues it on the next line."),
        new("~SEQ", "~SEQ(NAME, [START, [STEP,]] END) LINE", "The line once for each number, with $NAME for it."),
        new("~SEQx", "~SEQx(NAME, [START, [STEP,]] END) LINE", "The same with hexadecimal numbers."),
        new("~LST", "~LST(NAME, VALUE, ...) LINE", "The line once for each value; with {NAME, ...} and {VALUE, ...} for sets of them."),
        new("_PWD", "${_PWD}", "The directory of the file that is being read."),
        new("_INSTANCE", "${_INSTANCE}", "The configuration id."),
        new("_RANDOM", "${_RANDOM [MIN [MAX]]}", "A random number from MIN (0) to MAX (32767); random_seed makes it repeatable."),
        new("_ENV", "${_ENV NAME}", "An environment variable; nothing if it is not set.", "2.4.0"),
        new("_HASH", "${_HASH}", "A # that begins no comment, within quotes or behind a \\."),
        new("_BANG", "${_BANG}", "A ! that begins no comment, within quotes or behind a \\."),
    ];

    /// <summary>The word of this name; null if there is none.</summary>
    public static LanguageWord? Find(string name) => All.FirstOrDefault(word => word.Name == name);
}
