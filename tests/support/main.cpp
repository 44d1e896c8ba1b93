// A page of static_assert has passed when it compiles; this only makes it a program.
int main() {}
